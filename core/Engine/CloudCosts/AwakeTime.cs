namespace FuturesBot.Engine.CloudCosts;

/// <summary>
/// How often an instance starts, and how long it is there: it stays for a while after each arrival, and what arrives meanwhile starts
/// nothing and only prolongs.
/// </summary>
/// <param name="StartsPerHour">Starts of an hour, expected.</param>
/// <param name="SecondsPerHour">Seconds of an hour in which it is there, expected: 0 to 3,600.</param>
public readonly record struct AwakeTime(double StartsPerHour, double SecondsPerHour)
{
    private const double Hour = 3600;

    /// <summary>
    /// What to expect of arrivals at even distances and of others at random, independent of each other. Those at random leave nobody there
    /// with exp(−load), load being the sum of their rate times their stay; the even ones with what their stays leave of the hour.
    /// </summary>
    /// <param name="evenPerHour">Arrivals at even distances.</param>
    /// <param name="evenStay">Seconds that each keeps the instance there.</param>
    /// <param name="randomPerHour">Arrivals at random.</param>
    /// <param name="randomStay">Mean seconds that each keeps the instance there.</param>
    public static AwakeTime Expected(double evenPerHour, double evenStay, double randomPerHour, double randomStay)
    {
        var evenGone = 1 - (evenPerHour * evenStay / Hour);
        if (evenGone <= 0) return new(0, Hour);   // each comes before the one before it has gone
        var randomGone = Math.Exp(-randomPerHour * randomStay / Hour);
        return new((evenPerHour * randomGone) + (randomPerHour * randomGone * evenGone), Hour * (1 - (randomGone * evenGone)));
    }

    /// <summary>The upper end: every arrival starts one, and none meets another's stay.</summary>
    public static AwakeTime Apart(double evenPerHour, double evenStay, double randomPerHour, double randomStay) =>
        new(evenPerHour + randomPerHour, Math.Min(Hour, (evenPerHour * evenStay) + (randomPerHour * randomStay)));

    /// <summary>Of two instances that know nothing of each other.</summary>
    public static AwakeTime operator +(AwakeTime left, AwakeTime right) =>
        new(left.StartsPerHour + right.StartsPerHour, left.SecondsPerHour + right.SecondsPerHour);
}
