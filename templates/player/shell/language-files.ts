// Loads what another language needs, before anything changes on the screen.

import { readShell, type ShellTexts } from "./language-shell.ts";
import type { CourseData } from "../app/main.ts";
import type { Shown } from "../app/surroundings.ts";
import type { Outline } from "../state/course.ts";
import type { LoadedPage } from "../state/page-data.ts";
import type { Language } from "./language-launch.ts";
import type { LanguageData, Turning } from "./languages.ts";

type Texts = { text?: Record<string, string> };

export interface LoadedLanguage {
  data: LanguageData;
  /** The whole outline. */
  rest: Outline & Texts;
}

// A load that takes longer, in ms, is shown.
const NOTICED_MS = 400;

/**
 * Loads a language with the view that is shown. Rejects with a LoadError if a file is missing or
 * unreachable. Calls `busy(true)` if it takes a while, and `busy(false)` at the end.
 */
export async function loadLanguage(parts: Turning, tag: string, busy: (yes: boolean) => void) {
  let loading = true;
  parts.view.timer(() => loading && busy(true), NOTICED_MS);
  try {
    return await loadFiles(parts, tag);
  } finally {
    loading = false;
    busy(false);
  }
}

async function loadFiles(parts: Turning, tag: string): Promise<LoadedLanguage> {
  const { content, view, given } = parts;
  const { chunks } = content;
  const languages = given.languages as Language[];
  const { src } = languages.find((one) => one.tag === tag) as Language;
  const data = (src ? await chunks.load("language", tag, src) : given.source) as LanguageData;
  const [rest, visit] = await Promise.all([chunks.load(...data.rest), chunks.loadAll(data.visit)]);
  const loaded = { data, rest: rest as LoadedLanguage["rest"] };
  await loadView();
  return loaded;

  /** Loads the page or view on the screen, again if the trainee moves on meanwhile. */
  async function loadView(): Promise<void> {
    const { current } = view.navigation;
    const { hash } = location;
    const page = loaded.rest.pages.find(({ id }) => id === current?.id);
    if (page?.src) {
      const name = page.id + (src ? `@${tag}` : "");
      const { parts: names } = (await chunks.load("page", name, page.src)) as LoadedPage;
      await chunks.loadAll(names);
    }
    const { comments, certificate } = visit[visit.length - 1] as Shown;
    const late: Record<string, Shown["comments"]> = {
      "#comments": comments,
      "#certificate": certificate,
    };
    await chunks.loadAll(late[hash] ?? []);
    if (view.navigation.current !== current || location.hash !== hash) await loadView();
  }
}

/** What the launch page has in the source language, while the course is still in it. */
export function readSource({ view }: Turning, shell: ShellTexts): LanguageData {
  const data: CourseData = JSON.parse(
    document.getElementById("course-data")?.textContent as string,
  );
  const { course, text, outline, rest, visit } = data;
  const direction = document.documentElement.dir as "ltr" | "rtl";
  return {
    course: { ...course, direction },
    text,
    outline,
    rest,
    visit,
    cover: view.cover?.source ?? null,
    page: null,
    shell: readShell(shell),
  };
}
