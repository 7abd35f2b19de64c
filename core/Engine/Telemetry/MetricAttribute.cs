namespace FuturesBot.Engine.Telemetry;

/// <summary>Says what the constant of a metric's name stands for.</summary>
/// <param name="kind">How its values are to be read.</param>
/// <param name="unit">In the notation of UCUM, such as ms, s, By, {candle}.</param>
/// <param name="attributes">What each value carries, of <see cref="Attributes"/>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class MetricAttribute(MetricKind kind, string unit, params string[] attributes) : Attribute
{
    public MetricKind Kind => kind;

    public string Unit => unit;

    public IReadOnlyList<string> Attributes => attributes;
}
