// Loads with the first scenario.

import { answerValues } from "../lms/answer-values.ts";
import { mountScenario } from "../page/scenario.ts";
import type { ScenarioData } from "../state/page-data.ts";

scormBuilder.add("part", "answer-values", answerValues);
scormBuilder.add("part", "page-scenario", {
  selector: ".scenario",
  mount: (place, { data, ...given }) =>
    mountScenario({ place, data: data.scenario as ScenarioData, ...given }),
});
