#include "report/run_report.h"

#include "mock_server/base/report_files.h"

int run_report_write(const struct run *run)
{
    static report_writer *const writers[REPORT_KIND_COUNT] = {
        [REPORT_JSON] = run_report_json,
        [REPORT_JUNIT] = run_report_junit,
    };
    return report_files_write("cancelcheck", &run->settings->reports, writers, run);
}
