import { get, type Backtest, type BacktestTrade, type BacktestTrades } from "../../api";
import { openDialog } from "../../dialog";
import { empty, h, put } from "../../dom";
import { NONE, base, num, signClass, signed, words } from "../../format";
import { sentence } from "../../parts";
import { PRIMARY } from "./results";
import { nameOf, stamp } from "./runs";

const SHOWN = 50;

/** A run's trades, page by page, over the page. */
export function showTrades(run: Backtest): void {
  const box = h("div", "btrades");
  openDialog(`Trades of ${nameOf(run)}`, box, { wide: true, flush: true });
  const show = async (offset: number): Promise<void> => {
    try {
      const page = await get<BacktestTrades>(`/api/backtests/${encodeURIComponent(run.id)}/trades?offset=${offset}&limit=${SHOWN}`);
      if (page.total === 0) {
        put(box, empty("No trade was closed in this run", run.has_report ? "The report says what was refused and why." : "Its figures stand below."));
        return;
      }
      box.closest(".modal-body")?.scrollTo({ top: 0 });
      const turn = (name: string, to: number, possible: boolean): HTMLElement => h("button", { class: "btn sm", type: "button", disabled: !possible, click: () => void show(to) }, name);
      put(box, h("div", "lscroll", h("table", "t", h("thead", {}, h("tr", {}, ...([["Entered, UTC", ""], ["Symbol", ""], ["Side", ""], ["Strategy", ""], ["Score", "num"], ["Bars", "num"], ["MAE, R", "num"], ["MFE, R", "num"], ["Net, R", "num"], ["Ended by", ""]] as const).map(([name, cls]) => h("th", { class: cls, scope: "col" }, name)))),
        h("tbody", "plain", ...page.trades.map((trade) => tradeRow(trade))))), h("div", "totals", turn("← Earlier", Math.max(0, offset - SHOWN), offset > 0), h("span", "t2", `${num(offset + 1, 0)} to ${num(offset + page.trades.length, 0)} of ${num(page.total, 0)}`), turn("Later →", offset + SHOWN, offset + SHOWN < page.total)));
    } catch (error) {
      put(box, h("div", { class: "problem", role: "alert" }, h("div", "crit", sentence(error)), h("div", {}, h("button", { class: "btn sm", type: "button", click: () => void show(offset) }, "Try again"))));
    }
  };
  put(box, empty("The trades are being read …"));
  void show(0);
}

function tradeRow(trade: BacktestTrade): HTMLElement {
  const long = trade.direction.toLowerCase() === "long";
  return h("tr", {}, h("td", {}, stamp.format(Date.parse(trade.entry_time))), h("td", {}, h("b", {}, base(trade.symbol))), h("td", {}, h("span", long ? "dir L" : "dir S", long ? "Long" : "Short")), h("td", {}, words(trade.strategy)), h("td", "num", num(trade.score, 2)),
    h("td", "num", num(trade.bars, 0)), h("td", "num", num(trade.mae_r, 2)), h("td", "num", num(trade.mfe_r, 2)), h("td", "num", h("b", signClass(trade.pnl_r_net), signed(trade.pnl_r_net, 2))), h("td", "t3", words(trade.exits.at(-1)?.reason ?? NONE), trade.execution === PRIMARY ? null : h("span", { class: "chip line", title: `It is ${trade.execution}: followed, but outside the statistics` }, "shadowed")));
}
