using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Reporting;
using Xunit;

namespace FuturesBot.Engine.Tests.Reporting;

public sealed class BacktestReportTests
{
    [Fact]
    public void Write_TheSameRunTwice_IsByteIdentical() =>
        Assert.Equal(Html(SampleRun.Of(300)), Html(SampleRun.Of(300)));

    [Fact]
    public void Write_AnotherSpeed_ChangesNothing()
    {
        var run = SampleRun.Of(30);
        var slower = run with
        {
            Summary = run.Summary with { Facts = run.Summary.Facts with { CandlesPerSecond = 7 } },
        };

        Assert.Equal(Html(run), Html(slower));
    }

    [Fact]
    public void Write_ARun_AsksTheNetworkForNothing()
    {
        var html = Html(SampleRun.Of(50));

        Assert.DoesNotMatch(
            new Regex(@"\b(?:src|href|action)\s*=|@import|url\((?!#)|https?:|fetch\(|XMLHttp"), html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileText_NeverBecomesMarkup()
    {
        const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
        var run = SampleRun.Of(40);
        TradeRecord Poison(TradeRecord t) => t with
        {
            Symbol = Hostile,
            Strategy = Hostile,
            Mode = Hostile,
            Regime = Hostile,
            DecisionHash = Hostile,
            ScoreParts = [new(Hostile, 1, Hostile)],
        };
        TradeRecord[] trades = [.. run.Trades.Select(Poison)];
        var panel = PerformancePanel.Of(trades, run.Summary.Panel.Options,
            [new(Hostile, 3, new(Hostile, Hostile, SampleRun.Start, Hostile, 1, 2))]);

        var html = Html(run with
        {
            Trades = trades,
            Summary = new(run.Summary.Facts with { Profile = Hostile, LedgerHash = Hostile }, panel),
            Symbols = [run.Symbols[0] with { Symbol = Hostile, Frames = Hostile, TickSource = Hostile }],
            CostGates = [new(Hostile, Hostile, 1, 2)],
            Assumptions = SampleRun.Assumptions with
            {
                Fees = Hostile,
                Universe = Hostile,
                Unavailable = [new(Hostile, Hostile)],
            },
        });

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "</script>"));
        Assert.Equal(Hostile, Data(html).GetProperty("names")[0].GetString());
    }

    [Fact]
    public void Write_IntervalHoldsZero_SaysThatTheEdgeIsNotProven()
    {
        var html = Html(WithResults([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 1m : -1m)]));

        Assert.Contains("Edge not proven", html, StringComparison.Ordinal);
        Assert.Contains("holds 0", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IntervalAboveZero_PromisesNothing()
    {
        var html = Html(WithResults([.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? -1m : 1m)]));

        Assert.DoesNotContain("Edge not proven", html, StringComparison.Ordinal);
        Assert.Contains("no promise", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_StatisticsRow_HasTheWinRateWithCountIntervalAndNetResult()
    {
        var html = Html(WithResults([.. Enumerable.Range(0, 28).Select(i => i < 8 ? 1m : -1m)]));

        var tile = Regex.Match(html, @"<span>Win rate</span>.*?</div></div>", RegexOptions.Singleline).Value;
        Assert.Contains("28.6", tile, StringComparison.Ordinal);
        Assert.Contains("15.3 – 47.1 %", tile, StringComparison.Ordinal);
        Assert.Contains("n = 28", tile, StringComparison.Ordinal);
        Assert.Contains("−0.43 R", tile, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FewerThanTenTrades_ShowsNoRateAnywhere()
    {
        var html = Html(WithResults([1m, 1m, -1m, 1m, 1m, 1m]));

        Assert.DoesNotMatch(new Regex(@"\d %? ?<span class=""t3"">\["), html);
        Assert.Matches(
            new Regex(@"<span>Win rate</span>.*?<span class=""na"">—</span>", RegexOptions.Singleline), html);
        Assert.Contains("too few", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoTrades_SaysSoInsteadOfZeros()
    {
        var html = Html(SampleRun.Of(0));

        Assert.Contains("No trade closed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Figures(html), StringComparison.Ordinal);
        Assert.Equal(0, Data(html).GetProperty("trades").GetArrayLength());
    }

    [Fact]
    public void Write_TenThousandTrades_KeepsTheFileSmallAndSaysWhichHaveCharts()
    {
        var html = Html(SampleRun.Of(10_000));

        Assert.InRange(html.Length, 1_000_000, 5_000_000);
        Assert.Equal(TradeChart.TradesMax, Data(html).GetProperty("details").EnumerateObject().Count());
        Assert.Contains("2\u202F000 of 10\u202F000 with a chart", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ARun_StatesItsAssumptionsAndWhatWasMissing()
    {
        var run = SampleRun.Of(20);
        var html = Html(run);

        var a = run.Assumptions;

        foreach (var said in (string[])[a.Fees, a.Slippage, a.Funding, a.Entry, a.Intrabar, a.Tracking,
            a.Universe, a.Sizing, "order book", "inferred from the prices", "round-trip cost, R", "0.31"])
        {
            Assert.Contains(said, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Write_EmbeddedCandles_ComeBackAsTheyWere()
    {
        var run = SampleRun.Of(12);
        var details = Data(Html(run)).GetProperty("details");

        Assert.All(run.Charts, chart =>
        {
            var packed = details.GetProperty(chart.SignalId).GetProperty("b");
            var drawn = chart.Candles.Select(c => Rounded(c, chart.Decimals));
            Assert.Equal(drawn, Unpack(packed, chart.Decimals));
        });
    }

    private static BacktestReportModel WithResults(decimal[] nets)
    {
        var run = SampleRun.Of(nets.Length);
        TradeRecord[] trades =
        [
            .. run.Trades.Select((t, i) => t with
            {
                PnlRNet = nets[i],
                Outcome = nets[i] > 0 ? TradeOutcome.Win : TradeOutcome.Loss,
                Execution = TradeRecord.Primary,
            }),
        ];
        var panel = PerformancePanel.Of(trades, run.Summary.Panel.Options);
        return run with { Trades = trades, Summary = run.Summary with { Panel = panel } };
    }

    private static string Html(BacktestReportModel model)
    {
        using var stream = new MemoryStream();
        BacktestReport.Write(stream, model);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonElement Data(string html)
    {
        var match = Regex.Match(html, "id=\"data\">(?<json>.*?)</script>", RegexOptions.Singleline);
        return JsonDocument.Parse(match.Groups["json"].Value).RootElement.Clone();
    }

    /// <summary>The page without its script, in which NaN is a word of the language.</summary>
    private static string Figures(string html) => html[..html.IndexOf("</main>", StringComparison.Ordinal)];

    private static (long, double, double, double, double) Rounded(Candle bar, int decimals) => (
        bar.OpenTimeMs, Math.Round(bar.Open, decimals), Math.Round(bar.High, decimals),
        Math.Round(bar.Low, decimals), Math.Round(bar.Close, decimals));

    /// <summary>As the script does it.</summary>
    private static IEnumerable<(long, double, double, double, double)> Unpack(
        JsonElement packed, int decimals)
    {
        var b = packed.EnumerateArray().Select(v => v.GetInt64()).ToArray();
        var (time, close, scale) = (b[0], b[1], Math.Pow(10, decimals));
        for (var i = 2; i < b.Length; i += 5)
        {
            time += b[i] * 60;
            var open = close + b[i + 1];
            close = open + b[i + 2];
            var (high, low) = (Math.Max(open, close) + b[i + 3], Math.Min(open, close) - b[i + 4]);
            yield return (time * 1_000, At(open), At(high), At(low), At(close));
        }

        double At(long ticks) => Math.Round(ticks / scale, decimals);
    }
}
