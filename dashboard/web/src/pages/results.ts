import { h } from "../dom";
import { BasePage, type Context } from "../page";

export class ResultsPage extends BasePage {
  readonly title = "Results";

  constructor(context: Context) {
    super(context, "results");
  }

  protected begin(): void {
    this.root.append(h("section", "panel"));
  }
}
