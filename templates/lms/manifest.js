// What an LMS takes from imsmanifest.xml: the first item that names a resource with a launch file.

const ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2";

/**
 * { item, title, href, mastery, launchData } of the uploaded package. Throws where nothing can be
 * launched.
 */
export async function readManifest() {
  const text = await (await fetch("../content/imsmanifest.xml")).text();
  const manifest = new DOMParser().parseFromString(text, "application/xml");
  for (const item of manifest.getElementsByTagName("item")) {
    const resource = [...manifest.getElementsByTagName("resource")]
      .find((one) => one.getAttribute("identifier") === item.getAttribute("identifierref") && one.getAttribute("href"));
    const told = (name) => item.getElementsByTagNameNS(ADLCP, name)[0]?.textContent ?? "";
    if (resource) {
      return {
        item: item.getAttribute("identifier"),
        title: item.getElementsByTagName("title")[0]?.textContent ?? "",
        href: resource.getAttribute("href") + (item.getAttribute("parameters") ?? ""),
        mastery: told("masteryscore"),
        launchData: told("datafromlms"),
      };
    }
  }
  throw new Error("imsmanifest.xml names nothing to launch");
}
