#include "report/run_report.h"

#include "report/files.h"

int run_report_write(const struct run *run)
{
    static report_writer *const writers[REPORT_KIND_COUNT] = {
        [REPORT_JSON] = run_report_json,
        [REPORT_JUNIT] = run_report_junit,
    };
    return report_files_write(&run->settings->reports, writers, run);
}
