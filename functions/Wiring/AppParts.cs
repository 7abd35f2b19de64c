using Microsoft.Extensions.DependencyInjection;

namespace FuturesBot.Functions.Wiring;

/// <summary>Makes the app's parts out of its settings.</summary>
public static class AppParts
{
    public static Parts Create(FunctionsSettings settings, IServiceProvider services)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        return new(settings.Bot, time, cancel => AppStorage.OpenAsync(settings.Bot, time, cancel));
    }
}
