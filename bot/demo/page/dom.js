/** Building elements without ever parsing text as HTML. */

/** An element with attributes (`on` = listeners, `text` = content, null = absent) and children. */
export function h(tag, attributes = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) el.addEventListener(event, run);
    else if (name === "text") el.textContent = value;
    else el.setAttribute(name, value === true ? "" : String(value));
  }
  el.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return el;
}

const paths = {
  send: ["M4 12l16-8-6 16-3-6z", "M11 14l9-10"],
  attach: ["M19 11l-7.5 7.500a4.5 4.5 0 0 1-6.4-6.400l8-8a3 3 0 0 1 4.3 4.300l-8 8a1.5 1.5 0 0 1-2.2-2.200l7.3-7.2"],
  slash: ["M14.5 5l-5 14"],
  keyboard: ["M4 5h6v6H4z", "M14 5h6v6h-6z", "M4 15h16v4H4z"],
  down: ["M6 9l6 6 6-6"],
  more: ["M12 5.500v.01", "M12 12v.01", "M12 18.500v.01"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  pencil: ["M5 19l1-4 10-10 3 3-10 10z", "M14 7l3 3"],
  pin: ["M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11z", "M12 12.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"],
  photo: ["M4 6h16v13H4z", "M4 16l5-5 4 4 3-3 4 4", "M15.5 9.500v.01"],
  file: ["M7 3h7l4 4v14H7z", "M14 3v4h4"],
  voice: ["M12 15a3 3 0 0 0 3-3V7a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3z", "M6 12a6 6 0 0 0 12 0", "M12 18v3"],
  contact: ["M12 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M5 20c.5-4 3.5-6 7-6s6.5 2 7 6"],
  bell: ["M6 17h12l-1.5-2.500V11a4.5 4.5 0 0 0-9 0v3.500z", "M10.5 20h3"],
  mute: ["M7.5 17H18l-1.5-2.500V11a4.5 4.5 0 0 0-7-3.7", "M7.5 11v3.500L6 17", "M10.5 20h3", "M4 4l16 16"],
  tick: ["M5 12.500l4.5 4.500L19 7.5"],
  block: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M6.5 6.500l11 11"],
  open: ["M13 5h6v6", "M19 5l-9 9", "M16 14v5H5V8h5"],
  copy: ["M9 9h11v11H9z", "M15 9V4H4v11h5"],
  pushpin: ["M9 4h6l-1 6 3 3H7l3-3z", "M12 13v7"],
  key: ["M9 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M13 11h8v3", "M17.5 11v2.5"],
};

/** A line drawing that says nothing to a screen reader: its button carries the name. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of paths[name]) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
