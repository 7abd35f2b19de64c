#!/usr/bin/env bash
# Pictures of every page, as a desk (1440 × 900) and as a phone (390 × 844) sees it: screenshots.sh FOLDER
set -euo pipefail
folder=${1:?usage: screenshots.sh FOLDER}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
dotnet build -c Release --nologo -v q -nr:false
FUTURESBOT_SCREENSHOTS="$folder" dotnet bin/Release/net10.0/FuturesBot.Browser.Tests.dll -class FuturesBot.Browser.Tests.PageTests
