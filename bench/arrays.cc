// The floor: the workloads as loops over plain arrays in memory.
//
//   arrays query FOLDER      FOLDER as `generate` wrote it; then a command a line (README.md)
//
// Built as the rest of the project is, without instructions that only this machine has.
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "bench/arrays/chains.h"
#include "bench/arrays/workloads.h"
#include "bench/runner/serve.h"

namespace dossier::bench {
namespace {

class ArraysEngine : public Engine {
 public:
  explicit ArraysEngine(std::string folder) : folder_(std::move(folder)) {}

  std::string Prepare(const std::string& workload, const std::string&) override {
    const auto found = makers_.find(workload);
    if (found == makers_.end()) return "no such workload: " + workload;
    make_ = &found->second;
    of_chains_ = workload == "m1" || workload == "m1r";
    // Read when first asked for: the register has the tables of the chains alone.
    if (of_chains_ && !chains_.has_value()) chains_.emplace(folder_);
    if (!of_chains_ && !workloads_.has_value()) workloads_.emplace(folder_);
    votes_in_ = workload == "j" ? 1 : -1;
    return "";
  }

  std::string Bind(const Json& parameters) override {
    run_ = (*make_)(parameters);
    return "";
  }

  std::string Run(double) override {
    run_();
    return "";
  }

  Json Answer() override {
    const Rows& rows = of_chains_ ? chains_->rows() : workloads_->rows();
    Json answer = Json::array();
    for (size_t i = 0; i < rows.cells.size(); ++i) {
      const int column = static_cast<int>(i % rows.columns);
      if (column == 0) answer.push_back(Json::array());
      if (column == votes_in_) {
        answer.back().push_back(kVotes[rows.cells[i]]);
      } else {
        answer.back().push_back(rows.cells[i]);
      }
    }
    return answer;
  }

 private:
  using Call = std::function<void()>;

  // A workload that takes one number, or two.
  Call One(void (Workloads::*run)(uint32_t), const Json& value) {
    return [this, run, number = value.get<uint32_t>()] { ((*workloads_).*run)(number); };
  }
  Call Two(void (Workloads::*run)(uint32_t, uint32_t), const Json& first, const Json& second) {
    return [this, run, a = first.get<uint32_t>(), b = second.get<uint32_t>()] { ((*workloads_).*run)(a, b); };
  }

  // m1, over the generated transfers or the register.
  Call ChainsOf(const Json& parameters) {
    return [this, munition = parameters.at("munition_type").get<uint32_t>()] { chains_->OfMunition(munition); };
  }

  std::string folder_;
  std::optional<Workloads> workloads_;
  std::optional<Chains> chains_;
  const std::map<std::string, std::function<Call(const Json&)>> makers_ = {
      {"a", [this](const Json& p) { return One(&Workloads::RegionOf, p.at("x")); }},
      {"a2",
       [this](const Json& p) { return [this, key = p.at("key").get<std::string>()] { workloads_->NumberOf(key); }; }},
      {"b", [this](const Json& p) { return One(&Workloads::SumOfTransfers, p.at("x")); }},
      {"b2", [this](const Json& p) { return One(&Workloads::TransfersOf, p.at("x")); }},
      {"c", [this](const Json& p) { return One(&Workloads::WithinTwo, p.at("x")); }},
      {"d", [this](const Json& p) { return One(&Workloads::ThreeRecentHops, p.at("x")); }},
      {"e", [this](const Json& p) { return One(&Workloads::ReachedInFive, p.at("x")); }},
      {"f", [this](const Json& p) { return Two(&Workloads::ShortestPath, p.at("from"), p.at("to")); }},
      {"g", [this](const Json& p) { return Two(&Workloads::CountShortestPaths, p.at("from"), p.at("to")); }},
      {"h", [this](const Json& p) { return One(&Workloads::UsersBehindTransfers, p.at("x")); }},
      {"i", [this](const Json& p) { return One(&Workloads::Triangles, p.at("region")); }},
      {"j", [this](const Json&) { return [this] { workloads_->MostFrequentVotes(); }; }},
      {"k", [this](const Json& p) { return Two(&Workloads::CondemnedAndHolds, p.at("event"), p.at("munition_type")); }},
      {"l", [this](const Json& p) { return One(&Workloads::VotedNoOnly, p.at("resolution")); }},
      {"m1", [this](const Json& p) { return ChainsOf(p); }},
      {"m1r", [this](const Json& p) { return ChainsOf(p); }},
      {"m2", [this](const Json& p) { return Two(&Workloads::OnEveryRoute, p.at("from"), p.at("to")); }},
      {"m3",
       [this](const Json& p) { return Two(&Workloads::WhoCondemnedHoldsWhat, p.at("event"), p.at("munition_type")); }},
  };
  const std::function<Call(const Json&)>* make_ = nullptr;
  Call run_;
  int votes_in_ = -1;
  bool of_chains_ = false;
};

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  if (argc != 3 || std::strcmp(argv[1], "query") != 0) {
    std::cerr << "usage: arrays query FOLDER\n";
    return 2;
  }
  dossier::bench::ArraysEngine engine(std::string(argv[2]) + "/peers");
  dossier::bench::Serve(&engine);
  return 0;
}
