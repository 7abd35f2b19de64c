using System.Diagnostics;
using FuturesBot.Adapters.Binance;
using OpenTelemetry;

namespace FuturesBot.Adapters.Telemetry;

/// <summary>
/// Cleans the texts of a span before it is sent, and drops every address. The spans of this system hold neither; this is for the day
/// when somebody adds an instrumentation.
/// </summary>
internal sealed class SpanRedaction(Redactor redactor) : BaseProcessor<Activity>
{
    private static readonly string[] Addresses = ["url.full", "url.path", "url.query", "http.url", "http.target"];

    public override void OnEnd(Activity data)
    {
        foreach (var address in Addresses)
        {
            if (data.GetTagItem(address) is not null) data.SetTag(address, null);
        }

        List<(string Key, string Clean)>? changed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (tag.Value is string text && redactor.Clean(text) is var clean && clean != text) (changed ??= []).Add((tag.Key, clean));
        }

        foreach (var (key, clean) in changed ?? []) data.SetTag(key, clean);
        if (data.StatusDescription is { } told) data.SetStatus(data.Status, redactor.Clean(told));
        data.DisplayName = redactor.Clean(data.DisplayName);
    }
}
