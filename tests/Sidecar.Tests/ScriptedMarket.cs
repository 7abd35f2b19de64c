using System.Globalization;
using System.Text;
using FuturesBot.Simulator;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// A market of four symbols whose every minute is known: BTC and ETH trade all the time, SOL is delivered and XRP is listed while it runs.
/// All stand still but ETH, whose price touches each tenth minute for a moment a higher mark than ever before.
/// </summary>
internal sealed class ScriptedMarket
{
    public const long StartMs = 1_768_003_200_000;   // 2026-01-10T00:00:00Z

    /// <summary>The lowest price of ETH at any time.</summary>
    public const decimal Low = 49.90m;

    private const long Minute = 60_000;
    private const int Days = 3;      // before the start, and behind it
    private const int PeakAt = 7;    // of each ten minutes

    private readonly string _folder;

    /// <param name="folder">For its files.</param>
    /// <param name="changeAtMs">When SOL goes and XRP comes, market time, on the minute.</param>
    public ScriptedMarket(string folder, long changeAtMs)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        var (fromMs, toMs) = (StartMs - (Days * 1_440 * Minute), StartMs + (Days * 1_440 * Minute));
        Write("BTCUSDT", fromMs, toMs, _ => 100.10m);
        Write("ETHUSDT", fromMs, toMs, HighAt);
        Write("SOLUSDT", fromMs, changeAtMs, _ => 50.20m);
        Write("XRPUSDT", changeAtMs, toMs, _ => 50.20m);
    }

    /// <summary>The highest price of ETH in the minute that begins then.</summary>
    public static decimal HighAt(long minuteMs)
    {
        var minute = (minuteMs - StartMs) / Minute;
        return minute >= 0 && minute % 10 == PeakAt ? PeakOf(minute / 10) : 50.20m;
    }

    /// <summary>The mark that ETH touches in the tens of minutes since the start.</summary>
    public static decimal PeakOf(long ten) => 51m + (ten * 0.50m);

    /// <summary>Open time of the minute that touches it.</summary>
    public static long PeakMs(long ten) => StartMs + (((ten * 10) + PeakAt) * Minute);

    public Task<SimulatedExchange> StartAsync(double speed) => SimulatedExchange.StartAsync(
        new() { DataFolder = _folder, StartAtMs = StartMs, Speed = speed, Seed = 5 }, TimeProvider.System, logs: null, TestContext.Current.CancellationToken);

    private void Write(string symbol, long fromMs, long toMs, Func<long, decimal> high)
    {
        var rows = new StringBuilder();
        for (var at = fromMs; at < toMs; at += Minute)
        {
            var (low, close) = symbol == "BTCUSDT" ? (99.90m, 100m) : (Low, 50m);
            rows.Append(CultureInfo.InvariantCulture, $"{at},{close},{high(at)},{low},{close},1000000,{at + Minute - 1},50000000,300,500000,25000000,0\n");
        }

        File.WriteAllText(Path.Combine(_folder, $"{symbol}-1m-2026-01.csv"), rows.ToString());
    }
}
