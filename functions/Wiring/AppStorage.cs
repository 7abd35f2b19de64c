namespace FuturesBot.Functions.Wiring;

internal static class AppStorage { public static Task<StorageParts> OpenAsync(FunctionsSettings s, TimeProvider t, CancellationToken c) => throw new NotImplementedException(); }
