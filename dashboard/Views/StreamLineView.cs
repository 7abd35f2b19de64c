using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>One connection of the market's streams.</summary>
/// <param name="Route">public (order books), market (candles) or private (the account).</param>
/// <param name="State">waiting, connecting, subscribing, live, renewing or stopped.</param>
/// <param name="Streams">Wanted on it.</param>
/// <param name="Subscribed">Of these, acknowledged.</param>
/// <param name="Refused">Of these, refused by the exchange.</param>
/// <param name="DataAgeMs">Wall time since the last data; NaN when none came. On the wire <c>data_age_ms</c>.</param>
/// <param name="SocketAgeMs">Wall time since its socket was opened; NaN without one. On the wire <c>socket_age_ms</c>.</param>
/// <param name="Rubbish">Messages that could not be read.</param>
/// <param name="Reconnects">Sockets lost and replaced.</param>
/// <param name="Renewals">Sockets replaced without loss.</param>
/// <param name="LastEnd">Why the last socket ended; null when none did.</param>
/// <param name="Lag">Event time against the exchange's clock.</param>
public sealed record StreamLineView(
    string Route,
    int Number,
    string State,
    int Streams,
    int Subscribed,
    int Refused,
    long Messages,
    long Bytes,
    long Rubbish,
    int Reconnects,
    int Renewals,
    [property: JsonPropertyName("data_age_ms")] double DataAgeMs,
    [property: JsonPropertyName("socket_age_ms")] double SocketAgeMs,
    string? LastEnd,
    QuantilesView Lag);
