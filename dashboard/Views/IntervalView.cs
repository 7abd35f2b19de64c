using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>A 95 % interval; an array of two numbers on the wire.</summary>
[JsonConverter(typeof(IntervalConverter))]
public readonly record struct IntervalView(double Low, double High)
{
    /// <summary>Unavailable.</summary>
    public static IntervalView None { get; } = new(double.NaN, double.NaN);
}
