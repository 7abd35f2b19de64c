using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>One row of the table of errors: what it matches, and what it means.</summary>
/// <param name="Fate">What became of the request.</param>
/// <param name="Fault">How a caller who only asked is told.</param>
/// <param name="Advice">What to do.</param>
/// <param name="Meaning">In words.</param>
public sealed record ErrorRule(ErrorFate Fate, ExchangeFault Fault, ErrorAdvice Advice, string Meaning)
{
    /// <summary>HTTP status; null matches any.</summary>
    public int? Status { get; init; }

    /// <summary>The exchange's codes; empty matches any answer, with or without one.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [];

    /// <summary>Part of the message; null matches any.</summary>
    public string? Message { get; init; }

    public bool Matches(int status, int? code, string message) =>
        (Status is null || Status == status)
        && (Codes.Count == 0 || (code is { } given && Codes.Contains(given)))
        && (Message is null || message.Contains(Message, StringComparison.OrdinalIgnoreCase));
}
