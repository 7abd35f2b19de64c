import { BasePage, type Context } from "../page";
import { emptyState } from "../parts";
import { href } from "../router";
import type { PageEntry } from "./index";

/** A page that is not built yet says so, and what will be there. */
export class ComingPage extends BasePage {
  readonly title: string;

  constructor(context: Context, private readonly entry: PageEntry) {
    super(context, "coming");
    this.title = entry.title;
  }

  protected begin(): void {
    const { title, about } = this.entry;
    const box = document.createElement("section");
    box.className = "panel";
    box.append(emptyState(`${title} is not built yet`, `It will show ${about}. Nothing of it is measured here so far.`, { name: "Overview", href: href("overview") }));
    this.root.append(box);
  }
}
