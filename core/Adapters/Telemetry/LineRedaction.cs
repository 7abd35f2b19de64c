using FuturesBot.Adapters.Binance;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace FuturesBot.Adapters.Telemetry;

/// <summary>Cleans the texts of a log line before it is sent. An exception whose words hold a secret is sent as its clean description.</summary>
internal sealed class LineRedaction(Redactor redactor) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message) data.FormattedMessage = redactor.Clean(message);
        if (data.Body is { } body) data.Body = redactor.Clean(body);
        var attributes = data.Attributes?.ToList() ?? [];
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Value is string text) attributes[i] = new(attributes[i].Key, redactor.Clean(text));
        }

        if (data.Exception is { } fault && fault.ToString() is var told && redactor.Clean(told) != told)
        {
            attributes.Add(new("exception.message", redactor.Describe(fault)));
            data.Exception = null;
        }

        data.Attributes = attributes;
    }
}
