import "./overview.css";
import { h } from "../dom";
import { BasePage, type Context } from "../page";
import { Feed, HealthStrip, RefusalsPanel, RegimeBoard } from "../panels/market";
import { Equity, Figures, PERIOD_DAYS, type Period } from "../panels/results";
import { SignalTable } from "../panels/signals";

const LEGEND = (): HTMLElement => h("span", "sub legend3", "◆ now  ▭ worst to best  ", h("span", "dn", "|"), " stop  ", h("span", "t2", "|"), " entry  ", h("span", "up", "| |"), " TP1, TP2");

/** Five figures, open signals, equity, the market, and whether all is well. */
export class OverviewPage extends BasePage {
  readonly title = "Overview";
  private readonly figures = new Figures();
  private readonly equity = new Equity((period) => this.choose(period));
  private readonly table = new SignalTable((signal) => this.context.router.go("chart", { symbol: signal.symbol, timeframe: signal.timeframe, signal: signal.signal_id }), [LEGEND()]);
  private readonly board = new RegimeBoard((symbol) => this.context.router.go("chart", { symbol }));
  private readonly refusals = new RefusalsPanel();
  private readonly feed = new Feed((id) => this.context.router.go("chart", { signal: id }));
  private readonly health = new HealthStrip();
  private period: Period = "All";
  private results: () => void = () => undefined;

  constructor(context: Context) {
    super(context, "overview");
  }

  protected begin(): void {
    const { model } = this;
    this.root.append(this.figures.root, this.equity.root, this.table.root,
      h("div", "bottom", this.board.root, this.refusals.root, this.feed.root), this.health.root);
    this.watch(model.portfolio, () => this.drawFigures());
    this.choose(this.period);
    this.watch(model.open, (open) => {
      const waiting = open.filter((s) => s.entered_at === null).length;
      this.table.say(`${open.length - waiting} open · ${waiting} waiting for entry`);
      this.table.set(open, model.prices, model.now());
      this.drawBoard();
    }, this.table.body);
    this.watch(model.regimes, () => this.drawBoard(), this.board.body);
    this.watch(model.refusals, (refusals) => this.refusals.set(refusals, model.now()), this.refusals.body);
    this.watch(model.journal, (journal) => this.feed.set(journal, model.now()), this.feed.body);
    this.watch(model.status, (status) => this.health.set(status.health));
  }

  override tick(now: number): void {
    this.table.tick(this.model.prices, now);
  }

  override key(key: string): boolean {
    if (key === "j" || key === "k") this.table.step(key === "j" ? 1 : -1);
    else if (key === "Enter") this.table.enter();
    else return false;
    return true;
  }

  private choose(period: Period): void {
    this.period = period;
    this.results();
    this.results = this.watch(this.model.performance(PERIOD_DAYS[period]), (data) => {
      this.equity.set(data);
      this.drawFigures();
    });
  }

  private drawFigures(): void {
    const [portfolio, performance] = [this.model.portfolio.data, this.model.performance(PERIOD_DAYS[this.period]).data];
    if (portfolio && performance) this.figures.set(portfolio, performance, this.period);
  }

  private drawBoard(): void {
    if (this.model.regimes.data) this.board.set(this.model.regimes.data, new Set(this.model.open.data?.map((s) => s.symbol)));
  }
}
