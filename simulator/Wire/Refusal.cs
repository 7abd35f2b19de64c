namespace FuturesBot.Simulator.Wire;

/// <summary>A call that is not carried out: <c>{"code":-1121,"msg":"Invalid symbol."}</c>.</summary>
/// <param name="Code">The exchange's code, below 0.</param>
/// <param name="Message">The exchange's words.</param>
/// <param name="Status">HTTP status, 400 and above.</param>
public sealed record Refusal(int Code, string Message, int Status = 400)
{
    public static Refusal UnknownSymbol { get; } = new(-1121, "Invalid symbol.");

    public static Refusal UnknownInterval { get; } = new(-1120, "Invalid interval.");

    /// <summary>A parameter is absent, empty or not of its form.</summary>
    public static Refusal Missing(string parameter) =>
        new(-1102, $"Mandatory parameter '{parameter}' was not sent, was empty/null, or malformed.");

    /// <summary>A parameter has a value that it cannot have.</summary>
    public static Refusal Invalid(string parameter) => new(-1130, $"Data sent for parameter '{parameter}' is not valid.");

    /// <summary>A call whose parameter cannot be read at all.</summary>
    public static Refusal Illegal(string parameter) => new(-1100, $"Illegal characters found in parameter '{parameter}'.");

    /// <summary>What this exchange does not model, in words that say so.</summary>
    public static Refusal NotModelled(string what) => new(-4999, $"The simulated exchange does not model {what}.", 501);
}
