namespace FuturesBot.Infra.Tests.Linting;

/// <summary>What a rule found, with the place.</summary>
public sealed record Finding(string Path, int Line, string Rule, string Message)
{
    public override string ToString() => $"{Path}({Line}): {Rule}: {Message}";
}
