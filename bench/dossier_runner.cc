// Dossier itself, in this process, through its public headers.
//
//   dossier_runner load FOLDER DATABASE    what `dossier load` does; FOLDER as `generate` wrote it
//   dossier_runner open DATABASE           one command on standard input; timed from before the store is opened
//   dossier_runner query DATABASE [--sources | --words]
//                                          a command a line (README.md); --sources has footnotes gathered too, and
//                                          --words has the claims of all of them read as well
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/runner/serve.h"
#include "graph/claim.h"
#include "graph/value.h"
#include "query/claim_reader.h"
#include "query/session.h"
#include "store/loader.h"
#include "store/store.h"

namespace dossier::bench {
namespace {

using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// As the peers answer: a quantity that is one number is that number.
Json ToJson(const Value& value) {
  switch (value.type()) {
    case Value::Type::kInteger:
      return value.integer();
    case Value::Type::kString:
      return std::string(value.string());
    case Value::Type::kQuantity:
      if (value.quantity().low == value.quantity().high) return value.quantity().low;
      return ToString(value);
    default:
      return value.is_null() ? Json(nullptr) : Json(ToString(value));
  }
}

enum class Notes { kNone, kGathered, kRead };

class DossierEngine : public Engine {
 public:
  explicit DossierEngine(Notes notes) : notes_(notes) { options_.sources = notes != Notes::kNone; }

  std::string Open(const std::string& database) {
    auto store = Store::Open(database, {.read_only = true});
    if (!store.ok()) return std::string(store.status().message());
    store_ = *std::move(store);
    auto session = Session::Open(*store_);
    if (!session.ok()) return std::string(session.status().message());
    session_ = *std::move(session);
    return "";
  }

  std::string Prepare(const std::string&, const std::string& text) override {
    text_ = text;
    return "";
  }

  std::string Bind(const Json& parameters) override {
    options_.parameters.clear();
    for (const auto& [name, value] : parameters.items()) {
      options_.parameters[name] =
          value.is_string() ? Value::String(value.get<std::string>()) : Value::Integer(value.get<int64_t>());
    }
    return "";
  }

  std::string Run(double limit_ms) override {
    options_.limits.time = std::chrono::milliseconds(static_cast<int64_t>(limit_ms) + 1);
    answer_ = session_->Run(text_, options_);
    if (!answer_.ok()) return std::string(answer_.status().message());
    return notes_ == Notes::kRead ? ReadNotes() : "";
  }

  size_t Footnotes() const override { return answer_->notes.size(); }

  Json Answer() override {
    Json rows = Json::array();
    for (const AnswerRow& row : answer_->rows) {
      rows.push_back(Json::array());
      for (const Value& value : row.values) rows.back().push_back(ToJson(value));
    }
    return rows;
  }

 private:
  // What whoever prints all notes needs of the store.
  std::string ReadNotes() {
    claims_.clear();
    for (const Note& note : answer_->notes) {
      auto claim = session_->claims()->ReadClaim(note.claim);
      if (!claim.ok()) return std::string(claim.status().message());
      claims_.push_back(*std::move(claim));
    }
    return "";
  }

  const bench::Notes notes_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Session> session_;
  QueryOptions options_;
  std::string text_;
  absl::StatusOr<dossier::Answer> answer_;
  std::vector<Claim> claims_;
};

int Fail(absl::string_view error) {
  std::cerr << "dossier_runner: " << error << '\n';
  return 1;
}

int Load(const std::string& data, const std::string& database) {
  const Clock::time_point start = Clock::now();
  const std::vector<std::string> paths = {data + "/dossier"};
  {
    const auto store = OpenOrCreateForLoad(database, paths);
    if (!store.ok()) return Fail(store.status().message());
    const auto report = LoadFiles(store->get(), paths);
    if (!report.ok()) return Fail(report.status().message());
  }  // closed: that is part of a load
  std::cout << Json{{"seconds", MillisecondsSince(start) / 1000}}.dump() << '\n';
  return 0;
}

int AnswerOnce(const std::string& database) {
  std::string line;
  std::getline(std::cin, line);
  const Json command = Json::parse(line);
  const Clock::time_point start = Clock::now();
  DossierEngine engine(Notes::kNone);
  if (const std::string error = engine.Open(database); !error.empty()) return Fail(error);
  Json response = RunCommand(&engine, command);
  response["open_ms"] = MillisecondsSince(start);
  std::cout << response.dump() << '\n';
  return 0;
}

int AnswerAll(const std::string& database, Notes notes) {
  DossierEngine engine(notes);
  if (const std::string error = engine.Open(database); !error.empty()) return Fail(error);
  Serve(&engine);
  return 0;
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  using dossier::bench::Notes;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "load") return dossier::bench::Load(words[1], words[2]);
  if (words.size() == 2 && words[0] == "open") return dossier::bench::AnswerOnce(words[1]);
  const std::string option = words.size() == 3 ? words[2] : "";
  if ((words.size() == 2 || option == "--sources" || option == "--words") && words[0] == "query") {
    return dossier::bench::AnswerAll(words[1], option == "--words"     ? Notes::kRead
                                               : option == "--sources" ? Notes::kGathered
                                                                       : Notes::kNone);
  }
  std::cerr << "usage: dossier_runner load FOLDER DATABASE | open DATABASE | query DATABASE [--sources | --words]\n";
  return 2;
}
