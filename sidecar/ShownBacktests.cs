using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Sidecar;

/// <summary>The backtests that the functions compute, as the sidecar's page shows them.</summary>
internal static class ShownBacktests
{
    private const string How =
        "The functions compute backtests here, over the stored candles, a part on each of many machines. Whoever has the functions app's master key starts one; "
        + "it then stands among the runs, with its progress and its results.";

    // Where no webhook says it, the name is that of the deployment.
    private const string Unknown = "https://FUNCTIONS-APP.azurewebsites.net";

    /// <param name="archive">Where they lie.</param>
    /// <param name="webhook">Address to which Telegram brings updates: the functions' too; empty without one.</param>
    /// <param name="time">Wall time.</param>
    public static StoredBacktests Page(IBacktestArchive archive, string webhook, TimeProvider time)
    {
        var functions = Uri.TryCreate(webhook, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : Unknown;
        return new(
            archive, How,
            $$"""
            curl -X POST {{functions}}/manage/backtests -H "x-functions-key: $MASTER_KEY" -H "content-type: application/json" \
              -d '{"symbols":["BTCUSDT","ETHUSDT"],"from":"2026-01-01T00:00:00Z","to":"2026-07-01T00:00:00Z","window_days":30}'
            """,
            time);
    }
}
