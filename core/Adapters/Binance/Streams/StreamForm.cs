namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How a kind of stream is asked for.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Route">The path that serves it.</param>
/// <param name="Suffix">What follows the symbol in the stream's name; <c>{0}</c> stands for the time frame's code.</param>
/// <param name="IsSteady">
/// Even one stream of it speaks every few seconds: a connection with such a stream that says nothing is dead.
/// </param>
public sealed record StreamForm(StreamKind Kind, StreamRoute Route, string Suffix, bool IsSteady);
