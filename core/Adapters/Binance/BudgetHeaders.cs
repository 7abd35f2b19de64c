using System.Globalization;
using System.Net.Http.Headers;

namespace FuturesBot.Adapters.Binance;

/// <summary>What an answer's headers say of the limits; null where a header is missing or unreadable.</summary>
/// <param name="UsedWeight"><c>X-MBX-USED-WEIGHT-1M</c>: by this address in the server's minute.</param>
/// <param name="Orders10S"><c>X-MBX-ORDER-COUNT-10S</c>.</param>
/// <param name="Orders1M"><c>X-MBX-ORDER-COUNT-1M</c>.</param>
public readonly record struct BudgetHeaders(int? UsedWeight, int? Orders10S = null, int? Orders1M = null)
{
    public static BudgetHeaders Read(HttpResponseHeaders headers) =>
        new(Number(headers, "X-MBX-USED-WEIGHT-1M"), Number(headers, "X-MBX-ORDER-COUNT-10S"), Number(headers, "X-MBX-ORDER-COUNT-1M"));

    private static int? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
