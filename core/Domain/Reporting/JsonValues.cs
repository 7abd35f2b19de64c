using System.Text.Json;

namespace FuturesBot.Domain.Reporting;

/// <summary>How this system writes numbers and times into JSON: equal values give equal bytes.</summary>
public static class JsonValues
{
    // Dividing by it removes trailing zeros, so that 1.10 and 1.1, which are equal, are also written alike.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>
    /// The shortest text that reads back as the same number; null for "unavailable" (NaN) and infinities.
    /// </summary>
    public static void WriteReal(this Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumber(name, value);
        else writer.WriteNull(name);
    }

    public static void WriteRealValue(this Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteNullValue();
    }

    public static void WriteExact(this Utf8JsonWriter writer, string name, decimal value) =>
        writer.WriteNumber(name, value / One);

    public static void WriteExactValue(this Utf8JsonWriter writer, decimal value) =>
        writer.WriteNumberValue(value / One);

    public static void WriteTime(this Utf8JsonWriter writer, string name, long timeMs) =>
        writer.WriteString(name, Iso(timeMs));

    /// <summary>[low, high], each null when unavailable.</summary>
    public static void WriteInterval(this Utf8JsonWriter writer, string name, Interval interval)
    {
        writer.WriteStartArray(name);
        writer.WriteRealValue(interval.Low);
        writer.WriteRealValue(interval.High);
        writer.WriteEndArray();
    }

    /// <summary>ISO-8601 UTC; milliseconds only when there are some.</summary>
    public static string Iso(long timeMs) => DateTimeOffset.FromUnixTimeMilliseconds(timeMs)
        .ToString(timeMs % 1_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
