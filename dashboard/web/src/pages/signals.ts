import { h } from "../dom";
import { BasePage, type Context } from "../page";

export class SignalsPage extends BasePage {
  readonly title = "Signals";

  constructor(context: Context) {
    super(context, "signals");
  }

  protected begin(): void {
    this.root.append(h("section", "panel"));
  }
}
