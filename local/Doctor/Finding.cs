namespace FuturesBot.Local.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">What it belongs to: configuration, store, exchange, clock, keys, streams, archive, telegram.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Text">What was found, in a sentence. Never a secret.</param>
/// <param name="Advice">What to do about it; empty when nothing has to be done.</param>
internal sealed record Finding(string Area, FindingLevel Level, string Text, string Advice = "")
{
    public static Finding Ok(string area, FormattableString text) => new(area, FindingLevel.Ok, FormattableString.Invariant(text));

    public static Finding Warning(string area, FormattableString text, string advice) =>
        new(area, FindingLevel.Warning, FormattableString.Invariant(text), advice);

    public static Finding Fault(string area, FormattableString text, string advice) =>
        new(area, FindingLevel.Fault, FormattableString.Invariant(text), advice);
}
