namespace FuturesBot.Simulator.Wire;

/// <summary><c>startTime</c>, <c>endTime</c> and <c>limit</c> of a call.</summary>
/// <param name="StartMs">Null when it was not sent.</param>
/// <param name="EndMs">Null when it was not sent.</param>
/// <param name="Limit">Rows.</param>
internal readonly record struct TimeRange(long? StartMs, long? EndMs, int Limit)
{
    public static Refusal? Read(Parameters parameters, int otherwise, int most, out TimeRange range)
    {
        range = default;
        if (parameters.Whole("startTime", out long? start) is { } badStart) return badStart;
        if (parameters.Whole("endTime", out long? end) is { } badEnd) return badEnd;
        if (parameters.Limit(otherwise, most, out var limit) is { } badLimit) return badLimit;
        if (start < 0) return Refusal.Invalid("startTime");
        if (end < 0) return Refusal.Invalid("endTime");
        if (start > end) return new(-1023, "Start time is greater than end time.");
        range = new(start, end, limit);
        return null;
    }
}
