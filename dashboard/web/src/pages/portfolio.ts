import { h } from "../dom";
import { BasePage, type Context } from "../page";

export class PortfolioPage extends BasePage {
  readonly title = "Portfolio";

  constructor(context: Context) {
    super(context, "portfolio");
  }

  protected begin(): void {
    this.root.append(h("section", "panel"));
  }
}
