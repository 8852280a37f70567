// Loads with the first scenario.

import { listAnswers } from "../lms/answers.ts";
import { mountScenario } from "../page/scenario.ts";
import type { ScenarioData } from "../state/page-data.ts";

scormBuilder.add("part", "answers", listAnswers);
scormBuilder.add("part", "page-scenario", {
  selector: ".scenario",
  mount: (place, { data, ...given }) =>
    mountScenario({ place, data: data.scenario as ScenarioData, ...given }),
});
