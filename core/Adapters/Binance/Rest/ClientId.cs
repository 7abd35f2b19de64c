namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Ids that we give to orders (spec 3.4).</summary>
internal static class ClientId
{
    private const int LengthMax = 36;

    /// <exception cref="ArgumentException">It is not of the form that the exchange takes: a fault of this program.</exception>
    public static string Check(string id) =>
        id.Length is > 0 and <= LengthMax && id.All(IsAllowed)
            ? id
            : throw new ArgumentException($"Client id was '{id}'; 1–{LengthMax} of the letters . A–Z : / a–z 0–9 _ - are allowed", nameof(id));

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '/' or '_' or '-';
}
