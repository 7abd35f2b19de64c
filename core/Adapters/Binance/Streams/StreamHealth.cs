namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How one connection does, for people. Counts are since it was first wanted, through all its sockets.</summary>
/// <param name="Route">Its path.</param>
/// <param name="Number">Tells connections of a route apart.</param>
/// <param name="Streams">Streams wanted on it.</param>
/// <param name="Subscribed">Of these, acknowledged by the socket that is in use.</param>
/// <param name="Refused">Of these, refused by the exchange.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DataAgeMs">Wall time since the last data, milliseconds; NaN when none came.</param>
/// <param name="SocketAgeMs">Wall time since the socket was opened, milliseconds; NaN when there is none.</param>
/// <param name="Messages">Messages with data.</param>
/// <param name="Bytes">Of all messages.</param>
/// <param name="Rubbish">Messages that could not be read, binary ones included.</param>
/// <param name="Oversized">Messages that were too large.</param>
/// <param name="Faults">Messages over which our own code failed.</param>
/// <param name="Reconnects">How often a socket was lost and another one opened.</param>
/// <param name="Renewals">How often a socket was replaced without loss.</param>
/// <param name="FailuresInRow">Since data last came steadily.</param>
/// <param name="LastEnd">Why the last socket ended; null when none did.</param>
/// <param name="Lag">Event time against the exchange's clock, wall milliseconds.</param>
public sealed record StreamHealth(
    StreamRoute Route, int Number, int Streams, int Subscribed, int Refused, StreamState State,
    double DataAgeMs, double SocketAgeMs, long Messages, long Bytes, long Rubbish, long Oversized, long Faults,
    int Reconnects, int Renewals, int FailuresInRow, string? LastEnd, LagHistogram Lag);
