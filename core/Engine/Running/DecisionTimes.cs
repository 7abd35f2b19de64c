using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>How long after their closing time the last decisions were made, and how long they took. Read under the runner's gate.</summary>
public sealed class DecisionTimes
{
    /// <summary>Decisions kept.</summary>
    public const int Keep = 500;

    private readonly Ring<(double AfterCloseMs, double TookMs)> _times = new(Keep);

    public int Count => _times.Count;

    /// <param name="afterCloseMs">Wall milliseconds from the closing time to the decision; NaN when no clock tells.</param>
    /// <param name="took">Wall time that it took.</param>
    public void Add(double afterCloseMs, TimeSpan took) => _times.Add((afterCloseMs, took.TotalMilliseconds));

    /// <summary>Wall milliseconds from the close to the decision, under which such a share lies; NaN when none is known.</summary>
    /// <param name="share">0–1, such as 0.99.</param>
    public double AfterClose(double share) => Quantile(share, static time => time.AfterCloseMs);

    /// <summary>Wall milliseconds that deciding took, under which such a share lies; NaN when none is known.</summary>
    /// <param name="share">0–1, such as 0.99.</param>
    public double Took(double share) => Quantile(share, static time => time.TookMs);

    // The smallest value that at least such a share does not exceed.
    private double Quantile(double share, Func<(double AfterCloseMs, double TookMs), double> of)
    {
        var known = new List<double>(_times.Count);
        for (var ago = 0; ago < _times.Count; ago++)
        {
            if (of(_times.Ago(ago)) is var value && double.IsFinite(value)) known.Add(value);
        }

        if (known.Count == 0) return double.NaN;
        known.Sort();
        return known[Math.Clamp((int)Math.Ceiling(share * known.Count) - 1, 0, known.Count - 1)];
    }
}
