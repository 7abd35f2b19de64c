using Microsoft.Extensions.DependencyInjection;

namespace FuturesBot.Functions.Wiring;

/// <summary>Makes the app's parts out of its settings.</summary>
public static class AppParts
{
    public static Parts Create(FunctionsSettings settings, IServiceProvider services) =>
        new(settings.Bot, services.GetRequiredService<TimeProvider>(), cancel => AppStorage.OpenAsync(settings, services.GetRequiredService<TimeProvider>(), cancel));
}
