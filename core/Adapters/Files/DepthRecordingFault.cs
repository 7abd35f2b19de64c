namespace FuturesBot.Adapters.Files;

/// <summary>A line of a recording that could not be read; nothing of it was used.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public readonly record struct DepthRecordingFault(long Line, string Reason)
{
    public override string ToString() => $"line {Line}: {Reason}";
}
