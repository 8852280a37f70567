// Compares the files of the translations of an open course with those of the author's files.

import { changedScripts, given, shape, without } from "./editions.ts";
import type { LanguageData } from "../../player/shell/languages.ts";
import type { Change, OutlineData } from "./editions.ts";

/** A translation, as the launch page lists it. */
export interface Translation {
  /** BCP 47 tag. */
  tag: string;
  /** Its file. */
  src: string;
}

/** What a language needs when it is on view. */
interface Whole {
  data: LanguageData;
  outline: OutlineData;
  /** The file of its interface around the pages. */
  visit: string;
  /** The file of its search index; undefined without a search. */
  index?: string;
}

type Found = Pick<Change, "structure" | "pages" | "suffix" | "scripts" | "indexes">;
type TextOf = (name: string) => Promise<string>;

/** Reads a language by its file; earlier files are still served for a while. */
async function read(src: string, textOf: TextOf): Promise<Whole> {
  const data = given("language", await textOf(src)) as LanguageData;
  const visit = data.visit[data.visit.length - 1][2];
  const texts = await Promise.all([textOf(data.rest[2]), textOf(visit)]);
  const outline = given("outline", texts[0]) as OutlineData;
  const { search } = given("visit", texts[1]) as { search: string[][] | null };
  return { data, outline, visit, index: search?.[search.length - 1][2] };
}

/** @param textOf Gets a file of the package. */
export function createTranslations(textOf: TextOf) {
  /** Tags of the languages that the course has shown, and has therefore loaded. */
  const shown = new Set<string>();
  const known = new Map<string, Whole>();

  async function change({ tag, src }: Translation, old: string, found: Found, onView: boolean) {
    // The file names all others, so a language that has not been shown loads those.
    found.scripts.push(src);
    if (!shown.has(tag)) return;
    const before = known.get(tag) ?? (await read(old, textOf));
    const now = await read(src, textOf);
    known.set(tag, now);
    found.scripts.push(now.data.rest[2], now.visit);
    if (now.index) found.indexes.push(now.index);
    const suffix = `@${tag}`;
    const { id } = now.outline.pages[0];
    const first = now.data.page;
    if (JSON.stringify(before.data.page) !== JSON.stringify(first))
      found.pages.push({ id, chunk: id + suffix, src: null, data: first });
    found.pages.push(...changedScripts(before.outline, now.outline, suffix));
    found.structure ||=
      onView &&
      (without(before.data, "page") !== without(now.data, "page") ||
        shape(before.outline) !== shape(now.outline));
  }

  return {
    /** Starts with a course that has just been opened. */
    begin() {
      shown.clear();
      known.clear();
    },
    /** Notes that the course shows the language with this tag. */
    shows(tag: string) {
      shown.add(tag);
    },
    /**
     * What the course needs of the changed translations.
     *
     * @param language The tag of the language on view.
     */
    async compare(before: Translation[], now: Translation[], language: string) {
      const suffix = now.some(({ tag }) => tag === language) ? `@${language}` : "";
      const found: Found = { structure: false, pages: [], suffix, scripts: [], indexes: [] };
      const files = new Map(before.map(({ tag, src }) => [tag, src]));
      for (const one of now) {
        const old = files.get(one.tag);
        if (old && old !== one.src) await change(one, old, found, one.tag === language);
      }
      return found;
    },
  };
}
