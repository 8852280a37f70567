// Reads from imsmanifest.xml what an LMS uses: the first item whose resource has a launch file.

import type { Package } from "./stored.ts";

const ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

export type Course = Package & { title: string; href: string };

/** The course of the uploaded package. Throws if there is nothing to launch. */
export async function readManifest(): Promise<Course> {
  const text = await (await fetch("../content/imsmanifest.xml")).text();
  const manifest = new DOMParser().parseFromString(text, "application/xml");
  for (const item of manifest.getElementsByTagName("item")) {
    const href = launchFile(manifest, item.getAttribute("identifierref"));
    const told = (name: string) => item.getElementsByTagNameNS(ADLCP, name)[0]?.textContent ?? "";
    if (href) {
      return {
        item: item.getAttribute("identifier") ?? "",
        title: item.getElementsByTagName("title")[0]?.textContent ?? "",
        href: href + (item.getAttribute("parameters") ?? ""),
        mastery: told("masteryscore"),
        launchData: told("datafromlms"),
      };
    }
  }
  throw new Error("imsmanifest.xml names nothing to launch");
}

/** @param identifier Identifier of a resource. */
function launchFile(manifest: Document, identifier: string | null) {
  const resources = [...manifest.getElementsByTagName("resource")];
  const own = resources.filter((resource) => resource.getAttribute("identifier") === identifier);
  return own.map((resource) => resource.getAttribute("href")).find(Boolean);
}
