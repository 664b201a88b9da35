/** Which phones are on the page: the address says it, else the last visit, else three that tell the story. */
import { keep, recall } from "./texts.js";

const remembered = "vigie-demo-phones";

/** An officer in Mopti, one in Bamako, the commander. */
const STORY = [["Deniger", "LaCroix"], ["Willis", "Hamelin"], ["Bradshaw"]];

/** The user ids to show, in order. */
export function chosen(officers) {
  const known = (ids) => [...new Set(ids)].map((id) => officers.find((officer) => String(officer.user_id) === id)?.user_id).filter((id) => id !== undefined);
  for (const source of [location.hash.slice(1), recall(remembered) ?? ""]) {
    const ids = known(source.split(","));
    if (ids.length) return ids;
  }
  return story(officers);
}

function story(officers) {
  const picked = [];
  for (const names of STORY) {
    const officer = names.map((name) => officers.find((each) => each.last_name?.includes(name))).find(Boolean);
    if (officer) picked.push(officer.user_id);
  }
  for (const officer of officers) {
    if (picked.length < 3 && !picked.includes(officer.user_id)) picked.push(officer.user_id);
  }
  return picked;
}

export function remember(ids) {
  keep(remembered, ids.join(","));
  history.replaceState(null, "", `#${ids.join(",")}`);
}
