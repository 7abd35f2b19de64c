using System.Net;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How a socket ended.</summary>
/// <param name="Reason">In a word.</param>
/// <param name="Text">For people: <c>connection /market 1 …</c>. Never a secret.</param>
/// <param name="Status">What HTTP answered in place of a socket; null otherwise.</param>
internal sealed record ConnectionEnd(EndReason Reason, string Text, HttpStatusCode? Status = null)
{
    public static ConnectionEnd Ours { get; } = new(EndReason.Ours, "was closed by us");
}
