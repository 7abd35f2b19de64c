namespace FuturesBot.Functions.Http;

/// <summary>Ids that strangers give in an address, before anybody is asked about them.</summary>
internal static class RouteIds
{
    /// <summary>Longest that a signal, an orchestration or a message has.</summary>
    private const int LengthMax = 100;

    /// <summary>
    /// Something may have this id. For others nobody is asked: the durable client throws at an <c>@</c> in front, the tables at a key that is
    /// too long.
    /// </summary>
    public static bool CanBe(string id) =>
        id.Length is >= 1 and <= LengthMax && id[0] != '@' && id.AsSpan().IndexOfAny("/\\#?") < 0 && !id.Any(char.IsControl);
}
