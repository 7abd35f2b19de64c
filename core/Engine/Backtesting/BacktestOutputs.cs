using System.Buffers;
using System.Globalization;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Reporting;

namespace FuturesBot.Engine.Backtesting;

/// <summary>The files of a run, but for the ledger, which is written while it goes on.</summary>
public static class BacktestOutputs
{
    /// <summary>The statistics of a run.</summary>
    public static Summary SummaryOf(BacktestRequest request, BacktestResult result)
    {
        var options = new PanelOptions(
            result.Facts.DataFromMs, result.Facts.DataToMs, AuthorCounting: request.Options.Profile == "seed");
        return new(result.Facts, PerformancePanel.Of(result.Trades, options, result.Refusals));
    }

    /// <summary><c>trades.jsonl</c>: a line per closed trade, in the order they closed.</summary>
    public static void WriteTrades(Stream output, BacktestResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var trade in result.Trades)
        {
            TradeRecordJson.WriteLine(buffer, trade);
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    /// <summary><c>summary.json</c>.</summary>
    public static void WriteSummary(Stream output, Summary summary) => output.Write(SummaryJson.ToUtf8(summary));

    /// <summary><c>report.html</c>.</summary>
    public static void WriteReport(Stream output, BacktestRequest request, BacktestResult result, Summary summary) =>
        BacktestReport.Write(output, new BacktestReportModel
        {
            Summary = summary,
            Trades = result.Trades,
            Assumptions = AssumptionsOf(request, result),
            Symbols = result.Data,
            Charts = result.Charts,
            CostGates = result.CostGates,
        });

    private static ReportAssumptions AssumptionsOf(BacktestRequest request, BacktestResult result)
    {
        var costs = request.Options.Costs;
        var risk = request.Options.Risk;
        return new()
        {
            Fees = costs.Enabled ? Say($"{costs.Maker:P3} maker, {costs.Taker:P3} taker") : "off",
            Slippage = costs.Enabled
                ? Say($"market orders: the most of {costs.SlippageTicks} tick, {costs.SlippageFraction:P2} and {costs.SlippageAtr1m} one-minute ATR; stops {costs.StopSlippageFactor} times as much; one-minute ATR is estimated from the frame's")
                : "off",
            Funding = Say($"assumed {request.Options.Funding.Rate:P3} every {request.Options.Funding.IntervalHours} h, longs pay: the files hold no funding rates"),
            Intrabar = "stop before target within one bar; a gap through the stop fills at the worse of stop and open",
            Entry = "never on the deciding bar: market at the next bar's open, limit when traded through by a tick",
            Tracking = TrackingOf(result),
            Universe = "the symbols in the folder, over the time they are recorded; delisted ones that are not there are missing (survivorship), no volume filter",
            Sizing = Say($"{risk.StartingBalance:N0} USDT at the start, {risk.RiskPerTrade:P1} of equity a trade, rounded down to the step; at most {risk.PositionsMax} positions, {risk.OpenRiskMax:P1} open risk, one position a symbol; daily and weekly limits, drawdown and streak pauses are not applied"),
            Unavailable = UnavailableOf(request, result),
        };
    }

    private static string TrackingOf(BacktestResult result)
    {
        var minutes = result.FollowedByMinutes.Count;
        var rest = "the deciding frame's bars elsewhere";
        var agree = result.FrameMismatches == 0
            ? ""
            : Say($"; {result.FrameMismatches} recorded 15m candles differ from their 5m candles");
        return minutes == 0
            ? "15m bars (1h or 4h where nothing shorter is recorded): no minutes are recorded" + agree
            : Say($"minutes where recorded ({minutes} symbols), {rest}") + agree;
    }

    private static List<UnavailableInput> UnavailableOf(BacktestRequest request, BacktestResult result)
    {
        var missing = new List<UnavailableInput>
        {
            new("order book", "depth imbalance and spread are unavailable; Order Flow cannot fire"),
            new("open interest", "its modifier is unavailable; Order Flow cannot fire"),
            new("funding history", "the crowding penalty is unavailable"),
        };
        missing.AddRange(request.Ledger == LedgerDepth.Off
            ? [new("missing inputs of single decisions", "not counted: the ledger was off")]
            : result.Unavailable
                .Where(entry => entry.Value > 0)
                .Select(entry => new UnavailableInput(entry.Key, Say($"{entry.Value:N0} decisions could not be taken"))));
        return missing;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
