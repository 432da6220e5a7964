// The comparisons against brute force: on a short line of time, every bounds, and every start and end in them.
#include "graph/time_bounds.h"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "gtest/gtest.h"

namespace dossier {
namespace {

static_assert(std::is_trivially_copyable_v<TimeBounds> && sizeof(TimeBounds) == 32);

struct Span {
  int64_t start, end;
};

constexpr int64_t kLine = 6;  // instants 0 to 6

std::vector<TimeBounds> AllBounds() {
  std::vector<TimeBounds> all;
  for (int64_t es = 0; es <= kLine; ++es) {
    for (int64_t ls = es; ls <= kLine; ++ls) {
      for (int64_t ee = 0; ee <= kLine; ++ee) {
        for (int64_t le = ee; le <= kLine; ++le) {
          const TimeBounds t{es, ls, ee, le};
          if (t.IsValid()) all.push_back(t);
        }
      }
    }
  }
  return all;
}

std::vector<Span> SpansIn(const TimeBounds& t) {
  std::vector<Span> spans;
  for (int64_t s = t.earliest_start; s <= t.latest_start; ++s) {
    for (int64_t e = std::max(s + 1, t.earliest_end); e <= t.latest_end; ++e) spans.push_back({s, e});
  }
  return spans;
}

// Two facts about a relation: holds for all pairs of spans, holds for some.
Ternary ByEnumeration(const std::vector<Span>& a, const std::vector<Span>& b, bool (*relation)(Span, Span)) {
  bool all = true, some = false;
  for (const Span& x : a) {
    for (const Span& y : b) {
      const bool holds = relation(x, y);
      all &= holds;
      some |= holds;
    }
  }
  return ToTernary(all, some);
}

TEST(TimeBoundsTest, ComparisonsAgreeWithEnumeration) {
  const std::vector<TimeBounds> all = AllBounds();
  std::vector<std::vector<Span>> spans;
  for (const TimeBounds& t : all) spans.push_back(SpansIn(t));
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t j = 0; j < all.size(); ++j) {
      const TimeBounds &a = all[i], &b = all[j];
      ASSERT_EQ(Before(a, b), ByEnumeration(spans[i], spans[j], [](Span x, Span y) { return x.end <= y.start; }));
      ASSERT_EQ(After(a, b), ByEnumeration(spans[i], spans[j], [](Span x, Span y) { return x.start >= y.end; }));
      ASSERT_EQ(Overlaps(a, b),
                ByEnumeration(spans[i], spans[j], [](Span x, Span y) { return x.start < y.end && y.start < x.end; }));
      ASSERT_EQ(During(a, b),
                ByEnumeration(spans[i], spans[j], [](Span x, Span y) { return y.start <= x.start && x.end <= y.end; }));
      ASSERT_EQ(StartsNoEarlier(a, b),
                ByEnumeration(spans[i], spans[j], [](Span x, Span y) { return x.start >= y.start; }));
      ASSERT_EQ(Overlaps(a, b), Overlaps(b, a));
      // The same fact by another road: what overlaps is neither before nor after.
      ASSERT_EQ(Overlaps(a, b), Not(Or(Before(a, b), After(a, b))));
    }
  }
}

TEST(TimeBoundsTest, IntersectionAndHullAreTheLeastBoundsThatHoldAll) {
  const std::vector<TimeBounds> all = AllBounds();
  for (const TimeBounds& a : all) {
    for (const TimeBounds& b : all) {
      TimeBounds least{kMaxTime, kMinTime, kMaxTime, kMinTime};
      bool any = false;
      for (const Span& x : SpansIn(a)) {
        for (const Span& y : SpansIn(b)) {
          const Span both{std::max(x.start, y.start), std::min(x.end, y.end)};
          if (both.start >= both.end) continue;
          any = true;
          least = Hull(least, TimeBounds::Throughout(both.start, both.end));
        }
      }
      const auto intersection = Intersection(a, b);
      ASSERT_EQ(intersection.has_value(), any);
      ASSERT_EQ(intersection.has_value(), PossiblyOverlaps(a, b));
      if (any) {
        ASSERT_EQ(*intersection, least);
        ASSERT_TRUE(intersection->IsValid());
      }
      ASSERT_TRUE(Hull(a, b).IsValid());
    }
  }
}

TEST(TimeBoundsTest, TimeOrderFindsADatingOfAllStepsAtOnce) {
  const std::vector<TimeBounds> all = AllBounds();
  for (size_t i = 0; i < all.size(); i += 3) {
    for (size_t j = 0; j < all.size(); j += 3) {
      for (size_t k = 0; k < all.size(); k += 5) {
        bool every = true, some = false;
        for (int64_t x = all[i].earliest_start; x <= all[i].latest_start; ++x) {
          for (int64_t y = all[j].earliest_start; y <= all[j].latest_start; ++y) {
            for (int64_t z = all[k].earliest_start; z <= all[k].latest_start; ++z) {
              every &= x <= y && y <= z;
              some |= x <= y && y <= z;
            }
          }
        }
        TimeOrder certain(TimeOrder::Mode::kCertain), possible(TimeOrder::Mode::kPossible);
        ASSERT_EQ(certain.Add(all[i]) && certain.Add(all[j]) && certain.Add(all[k]), every);
        ASSERT_EQ(possible.Add(all[i]) && possible.Add(all[j]) && possible.Add(all[k]), some);
      }
    }
  }
}

TEST(TimeBoundsTest, UndatedIsPossibleEverywhereAndCertainNowhere) {
  const TimeBounds undated;
  EXPECT_TRUE(undated.IsValid() && undated.IsUndated());
  for (const TimeBounds& t :
       {undated, TimeBounds::Within(10, 20), TimeBounds::At(5), TimeBounds{kMinTime, kMinTime, 5, 9}}) {
    EXPECT_EQ(Overlaps(undated, t), Ternary::kOpen);
    EXPECT_EQ(StartsNoEarlier(undated, t), t.latest_start == kMinTime ? Ternary::kTrue : Ternary::kOpen);
  }
  EXPECT_EQ(Before(undated, TimeBounds::At(5)), Ternary::kOpen);
  // Nothing comes before what has always been, and everything meets it.
  EXPECT_EQ(Before(undated, TimeBounds::Always()), Ternary::kFalse);
  EXPECT_EQ(Overlaps(undated, TimeBounds::Always()), Ternary::kTrue);
  EXPECT_EQ(During(undated, TimeBounds::Always()), Ternary::kTrue);
}

TEST(TimeBoundsTest, ReadingsOfOneDate) {
  const TimeBounds within = TimeBounds::Within(100, 200);
  EXPECT_EQ(Overlaps(within, within), Ternary::kOpen);
  EXPECT_EQ(Overlaps(AsExtent(within), AsExtent(within)), Ternary::kTrue);
  EXPECT_EQ(During(within, AsExtent(within)), Ternary::kTrue);  // an event in 2015 against "not used in 2015"
  EXPECT_EQ(TimeBounds::At(7), TimeBounds::Within(7, 8));
}

TEST(TimeBoundsTest, AnOpenEndIsKnownUntilItWasSaid) {
  const TimeBounds since{100, 109, kMaxTime, kMaxTime};
  EXPECT_TRUE(CertainlyOverlaps(since, TimeBounds::At(5000)));
  const TimeBounds known = KnownUntil(since, 1000);
  EXPECT_EQ(known, (TimeBounds{100, 109, 1000, kMaxTime}));
  EXPECT_EQ(Overlaps(known, TimeBounds::At(999)), Ternary::kTrue);
  EXPECT_EQ(Overlaps(known, TimeBounds::At(1000)), Ternary::kOpen);
  EXPECT_TRUE(KnownUntil(since, 5).IsValid());  // said before it began: an announcement
  EXPECT_EQ(KnownUntil(TimeBounds::Within(1, 9), 5), TimeBounds::Within(1, 9));
  EXPECT_EQ(KnownUntil(TimeBounds::Undated(), 5), TimeBounds::Undated());
}

TEST(TimeBoundsTest, FromStartToEndTakesTheirOrderIntoAccount) {
  EXPECT_EQ(FromStartToEnd(TimeBounds::Within(0, 100), TimeBounds::Within(50, 60)), (TimeBounds{0, 59, 51, 60}));
  EXPECT_EQ(FromStartToEnd(TimeBounds::Within(50, 60), TimeBounds::Within(0, 100)), (TimeBounds{50, 59, 51, 100}));
  EXPECT_FALSE(FromStartToEnd(TimeBounds::Within(100, 200), TimeBounds::Within(50, 60)).has_value());
}

}  // namespace
}  // namespace dossier
