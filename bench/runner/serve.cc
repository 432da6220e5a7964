#include "bench/runner/serve.h"

#include <chrono>
#include <iostream>

namespace dossier::bench {
namespace {

double Now() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Json RunCommand(Engine* engine, const Json& command) {
  Json response = {
      {"times_ms", Json::array()}, {"answers", Json::array()}, {"footnotes", Json::array()}, {"error", nullptr}};
  std::string error = engine->Prepare(command.at("workload"), command.at("text"));
  const double ends = Now() + command.at("limit_ms").get<double>();
  for (const Json& parameters : command.at("parameters")) {
    if (error.empty()) error = engine->Bind(parameters);
    if (!error.empty()) break;
    const double start = Now();
    if (start > ends) break;
    error = engine->Run(ends - start);
    const double took = Now() - start;
    if (!error.empty()) break;
    response["times_ms"].push_back(took);
    if (!command.at("answers").get<bool>()) continue;
    response["answers"].push_back(engine->Answer());
    response["footnotes"].push_back(engine->Footnotes());
  }
  if (!error.empty()) response["error"] = error;
  return response;
}

void Serve(Engine* engine) {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << RunCommand(engine, Json::parse(line)).dump() << std::endl;
  }
}

}  // namespace dossier::bench
