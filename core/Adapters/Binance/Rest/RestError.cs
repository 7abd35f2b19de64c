using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Why a request got no usable answer. Its text holds no secret.</summary>
/// <param name="Endpoint">Which, by name.</param>
/// <param name="Status">HTTP status; null when there was no answer.</param>
/// <param name="Code">The exchange's code; null when it gave none.</param>
/// <param name="Message">The exchange's message, or what happened.</param>
/// <param name="Rule">What it means.</param>
public sealed record RestError(string Endpoint, int? Status, int? Code, string Message, ErrorRule Rule)
{
    public override string ToString() =>
        $"{Endpoint}: {Rule.Meaning}"
        + (Status is null && Code is null ? "" : $" ({string.Join(", ", new[] { Status is { } s ? $"HTTP {s}" : null, Code is { } c ? $"code {c}" : null }.Where(part => part is not null))})")
        + (Message.Length > 0 ? $": {Message}" : "");

    public ExchangeException ToException() => new(Rule.Fault, ToString(), Code);
}
