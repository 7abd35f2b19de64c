namespace FuturesBot.Domain.Market;

/// <summary>A price in quote units, on its way to or from an order. <see cref="SymbolRules"/> puts it on the tick.</summary>
public readonly record struct Price(decimal Value) : IComparable<Price>
{
    public int CompareTo(Price other) => Value.CompareTo(other.Value);

    /// <summary>For analysis and charts only; never back into an order.</summary>
    public double ToDouble() => (double)Value;

    public override string ToString() => Value.ToString();

    public static bool operator <(Price left, Price right) => left.Value < right.Value;

    public static bool operator >(Price left, Price right) => left.Value > right.Value;

    public static bool operator <=(Price left, Price right) => left.Value <= right.Value;

    public static bool operator >=(Price left, Price right) => left.Value >= right.Value;

    /// <summary>Difference in quote units.</summary>
    public static decimal operator -(Price to, Price from) => to.Value - from.Value;

    /// <summary>Moved by <paramref name="by"/> quote units.</summary>
    public static Price operator +(Price from, decimal by) => new(from.Value + by);
}
