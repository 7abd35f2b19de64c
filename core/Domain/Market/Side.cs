namespace FuturesBot.Domain.Market;

/// <summary>Direction of a trade. The value is the sign that the formulas call <c>dir</c>.</summary>
public enum Side
{
    Short = -1,
    Long = 1,
}
